/** The door `slipway/aws`: what a system stands on in an account of AWS. It needs the SDKs of AWS, EKS and the image builder. */

export { foundation, type Foundation } from "../components/aws/foundation.ts";
export { AwsPlatform, type AwsPlatformArgs } from "../components/aws/platform.ts";
export { readAwsSettings } from "../components/aws/settings/read-settings.ts";
export type { AwsSettings } from "../components/aws/account/settings.ts";
