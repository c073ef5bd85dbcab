/**
 * The object behind the proxy of @pulumi/policy.
 * The proxy throws at the first unknown value, which would end a whole stack policy; it is also twelve times slower.
 */
export function raw(value: object): object {
  return (value as { readonly __getSpecialProxyTarget?: object }).__getSpecialProxyTarget ?? value;
}
