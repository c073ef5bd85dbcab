import { draftSystem } from "../../../model/draft.ts";

// Adopted from compose.yaml.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
export const volumes = draftSystem({
  name: "volumes",
  services: {
    // compose.yaml:2
    // compose.yaml:7: mount /var/run/docker.sock:/var/run/docker.sock is not carried over: no program here may ask its machine
    proxy: {
      from: { image: "nginx:1.29" },
      answers: { http: { protocol: "http", listens: 80 } },
      // from ports 80:80, compose.yaml:4
      routes: [{ path: "/" }],
      calls: {
        pictures: {}, // from http://pictures:8000 in /etc/nginx/conf.d/default.conf in proxy, compose.yaml:6
      },
      files: { "/etc/nginx/conf.d/default.conf": { from: "proxy.conf" } },
    },
    // compose.yaml:8
    // compose.yaml:14: volume thumbnails:/data/thumbnails: a second folder that outlives the pod; one can have one
    pictures: {
      from: { image: "album/pictures:5" },
      answers: { http: { protocol: "http", listens: 8000 } },
      needs: { writes: ["/var/cache/pictures"] },
      folder: { path: "/data/originals" },
    },
  },
});
