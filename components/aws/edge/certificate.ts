import { Certificate } from "@pulumi/aws/acm/certificate.js";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation.js";
import { Record } from "@pulumi/aws/route53/record.js";
import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";

/** A certificate for the domain and every system below it, proven and renewed through DNS. Returns its ARN once it is valid. */
export function certificate(
  name: string,
  domain: string,
  zoneId: Input<string>,
  opts: CustomResourceOptions,
): Output<string> {
  const requested = new Certificate(
    name,
    { domainName: domain, subjectAlternativeNames: [`*.${domain}`], validationMethod: "DNS" },
    opts,
  );
  // The wildcard is proven by the same record as the domain itself.
  const proof = requested.domainValidationOptions.apply((options) => {
    const [first] = options;
    if (!first) throw new Error(`ACM asks for no proof of ${domain}`);
    return first;
  });
  const record = new Record(
    `${name}-proof`,
    {
      zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
      allowOverwrite: true,
    },
    opts,
  );
  return new CertificateValidation(name, { certificateArn: requested.arn, validationRecordFqdns: [record.fqdn] }, opts)
    .certificateArn;
}
