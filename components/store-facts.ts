import { interpolate, type Input, type Output } from "@pulumi/pulumi";
import type { StoreFact } from "../model/plan/program/pieces.ts";
import type { Login, StoreConnection } from "./platform.ts";

/** What one user is told of a store, in the spelling that drivers of its kind expect. */
export function storeFact(store: StoreConnection, login: Login, fact: StoreFact | "tls"): Input<string> {
  const { host, port, name } = store;
  switch (fact) {
    case "host":
      return host;
    case "port":
      return String(port);
    case "name":
    case "topic":
      return name;
    case "tls":
      return store.tls;
    case "user":
      return login.user;
    case "password":
      return login.password;
    case "brokers":
      return host; // of a topic: every broker with its port
    case "address":
      return interpolate`${host}:${port}`;
    case "url":
      return interpolate`${scheme(store)}://${host}:${port}${path(store)}`;
    case "dsn":
      return dsn(store, login);
    case "jdbc":
      return interpolate`jdbc:${jdbcScheme(store)}://${host}:${port}${path(store)}${jdbcTls(store)}`;
  }
}

/** Letters and digits only are made as passwords, so that none has to be escaped here. */
function dsn(store: StoreConnection, { user, password }: Login): Output<string> {
  const tls = store.kind === "postgres" && store.tls === "required" ? "?sslmode=require" : "";
  return interpolate`${scheme(store)}://${user}:${password}@${store.host}:${store.port}${path(store)}${tls}`;
}

function path({ kind, name }: StoreConnection): string {
  return kind === "redis" ? "" : `/${name}`;
}

/** The scheme by which clients of a kind know it; that of an existing store is its kind. */
function scheme({ kind, tls }: StoreConnection): string {
  if (kind === "redis") return tls === "required" ? "rediss" : "redis";
  return kind === "postgres" ? "postgresql" : kind;
}

function jdbcScheme({ kind }: StoreConnection): string {
  return kind === "postgres" ? "postgresql" : kind;
}

function jdbcTls({ kind, tls }: StoreConnection): string {
  if (tls === "off") return "";
  return kind === "postgres" ? "?sslmode=require" : "?sslMode=trust";
}
