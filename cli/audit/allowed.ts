import type { Exception } from "./exceptions.ts";

const FILES_ONLY =
  "asks for the source of files that somebody changed, and nobody here changes one: they are compiled as their publisher made them";
const IN_HEADERS = "has no file of it, but each of its sources says so: Apache-2.0";
const NEXT_LOOK = "2027-11-30";

/** Licences beside those that are allowed everywhere. */
export const LICENCE_EXCEPTIONS: readonly Exception[] = [
  {
    of: "argparse",
    found: "Python-2.0",
    reason: "Python's own, permissive; reads the options of js-yaml",
    until: NEXT_LOOK,
  },
  { of: "argparse", found: "PSF-2.0", reason: "the same under its newer name; of the test runner", until: NEXT_LOOK },
  {
    of: "@logdna/tail-file",
    found: "SEE LICENSE IN LICENSE",
    reason: "the file holds the MIT licence; Pulumi's SDK reads logs with it",
    until: NEXT_LOOK,
  },
  {
    of: "spdx-exceptions",
    found: "CC-BY-3.0",
    reason: "a list of names, its origin named beside it",
    until: NEXT_LOOK,
  },
  { of: "spdx-license-ids", found: "CC0-1.0", reason: "a list of names in the public domain", until: NEXT_LOOK },
  { of: "github.com/hashicorp/*", found: "MPL-2.0", reason: FILES_ONLY, until: NEXT_LOOK },
  { of: "github.com/nrdcg/*", found: "MPL-2.0", reason: FILES_ONLY, until: NEXT_LOOK },
  {
    of: "github.com/cyphar/filepath-securejoin",
    found: "BSD-3-Clause AND MPL-2.0",
    reason: FILES_ONLY,
    until: NEXT_LOOK,
  },
  {
    of: "github.com/spdx/tools-golang",
    found: "LGPL",
    reason: "Apache-2.0 or GPL, as one chooses, says its first paragraph; both texts follow",
    until: NEXT_LOOK,
  },
  { of: "github.com/go-acme/*", found: "none", reason: IN_HEADERS, until: NEXT_LOOK },
  {
    of: "github.com/nrdcg/oci-go-sdk/*",
    found: "none",
    reason: "has no file of it, but each of its sources says so: Apache-2.0 or UPL-1.0",
    until: NEXT_LOOK,
  },
  { of: "github.com/mattn/go-localereader", found: "none", reason: "its README says MIT", until: NEXT_LOOK },
  {
    of: "github.com/sourcegraph/appdash-data",
    found: "none",
    reason: "styles and scripts of others with their licences inside (MIT, BSD), for the page of `pulumi view-trace`",
    until: NEXT_LOOK,
  },
];

/** Known vulnerabilities that do not reach what is run here. */
export const ADVISORY_EXCEPTIONS: readonly Exception[] = [];
