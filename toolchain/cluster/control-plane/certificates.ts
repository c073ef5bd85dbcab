import "reflect-metadata"; // the certificate library resolves its parsers through it
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

/** Who a certificate speaks for and what it may be used for. */
export interface CertificateRequest {
  readonly commonName: string;
  readonly organization?: string;
  /** Host names and IP addresses of a server. */
  readonly hosts?: readonly string[];
  readonly usage: "client" | "server" | "peer";
}

/** A certificate and its key, both PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const day = 24 * 3600 * 1000;
const clockSkew = day; // certificates begin a day early, for machines whose clock is behind
const authorityYears = 10;
const leafYears = 1;

/** A new self-signed certificate authority. */
export async function createAuthority(commonName: string): Promise<KeyPair> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(authorityYears),
    name: [{ CN: [commonName] }],
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString("pem"), key: await keyPem(keys.privateKey) };
}

/** A new certificate signed by `authority`. */
export async function issue(authority: KeyPair, request: CertificateRequest): Promise<KeyPair> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity(leafYears),
    subject: subject(request),
    issuer: issuer.subjectName,
    signingKey: await readKey(authority.key),
    publicKey: keys.publicKey,
    signingAlgorithm: algorithm,
    extensions: await leafExtensions(request, issuer, keys.publicKey),
  });
  return { certificate: certificate.toString("pem"), key: await keyPem(keys.privateKey) };
}

/** A bare EC key pair, PEM; signs the tokens of service accounts. */
export async function createKeyPair(): Promise<{ publicKey: string; privateKey: string }> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const publicKey = x509.PemConverter.encode(await webcrypto.subtle.exportKey("spki", keys.publicKey), "PUBLIC KEY");
  return { publicKey, privateKey: await keyPem(keys.privateKey) };
}

async function leafExtensions(request: CertificateRequest, issuer: x509.X509Certificate, key: webcrypto.CryptoKey) {
  const usages = { client: ["clientAuth"], server: ["serverAuth"], peer: ["serverAuth", "clientAuth"] } as const;
  const extensions: x509.Extension[] = [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension(usages[request.usage].map((usage) => x509.ExtendedKeyUsage[usage])),
    await x509.AuthorityKeyIdentifierExtension.create(issuer),
    await x509.SubjectKeyIdentifierExtension.create(key),
  ];
  const names = (request.hosts ?? []).map((value) => ({ type: isAddress(value) ? "ip" : "dns", value }) as const);
  if (names.length > 0) extensions.push(new x509.SubjectAlternativeNameExtension(names));
  return extensions;
}

function subject({ organization, commonName }: CertificateRequest): x509.X509CertificateCreateParamsName {
  const name = { CN: [commonName] };
  return organization === undefined ? [name] : [{ O: [organization] }, name];
}

function validity(years: number) {
  const now = Date.now();
  return { notBefore: new Date(now - clockSkew), notAfter: new Date(now + years * 365 * day) };
}

async function readKey(pem: string): Promise<webcrypto.CryptoKey> {
  const [der] = x509.PemConverter.decode(pem);
  if (der === undefined) throw new Error("the key file of the certificate authority holds no PEM block");
  return await webcrypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]);
}

async function keyPem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host);
}
