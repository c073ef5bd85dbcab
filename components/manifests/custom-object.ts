/** A custom object as Pulumi takes it. */
export interface CustomObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: object;
  readonly spec: object;
}

/** Group of Traefik's own kinds, for what the Gateway API knows no word. */
export const TRAEFIK = "traefik.io";
