import { draftSystem } from "../../../model/draft.ts";
import { fact, template } from "../../../model/words/value.ts";

// Adopted from compose.yaml.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
export const buildArgs = draftSystem({
  name: "build-args",
  stores: {
    // database (postgis/postgis:17-3.5), compose.yaml:12
    database: { kind: "postgres", database: "regions" },
  },
  services: {
    // compose.yaml:2
    // found: requirements.txt: FastAPI
    // found: port 8000: EXPOSE 8000
    // found: starts uvicorn main:app
    // found: health: main.py has /readyz; see that /livez asks no database
    api: {
      from: { build: "api", target: "release", args: { BASE: "3.14" } },
      run: ["uvicorn", "main:app", "--workers", "2"],
      answers: { http: { protocol: "http", listens: 8000 } },
      health: { ready: "/readyz", alive: "/livez" },
      needs: { user: 1000 },
      uses: {
        database: {}, // from DATABASE_URL=postgresql+psycopg2://maps:…@database/regions in api, compose.yaml:11
      },
      reads: {
        DATABASE_URL: template`postgresql+psycopg2://${fact("database", "user")}:${fact("database", "password")}@${fact("database", "host")}/regions`,
      },
    },
  },
});
