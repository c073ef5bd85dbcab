/** One Deployment that states nothing it could leave out; without a provider's SDK, which would take longer to load than the engine runs. */

import { CustomResource } from "@pulumi/pulumi";

const labels = { app: "cart" };
const container = {
  name: "cart",
  image: "registry.example.com/shop/cart:1.4.2",
  ports: [{ name: "http", containerPort: 8080 }],
};

/** The provider's resource by its token. */
class Deployment extends CustomResource {
  constructor(name: string, inputs: object) {
    super("kubernetes:apps/v1:Deployment", name, { ...inputs });
  }
}

new Deployment("cart", {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "cart", namespace: "shop" },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [container] } },
  },
});
