import { type Block, parseBlock } from "./cidr.ts";

const blocks = (...cidrs: readonly string[]): readonly Block[] => cidrs.flatMap((cidr) => parseBlock(cidr) ?? []);

/** No network can have these: this host, loopback, link-local, and from multicast on what is reserved (RFC 6890). */
export const UNUSABLE = blocks("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3");

/** Anybody's own (RFC 1918), and those that carriers share (RFC 6598). */
export const PRIVATE = blocks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10");

/** Written about, never used (RFC 5737). */
export const DOCUMENTATION = blocks("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24");
