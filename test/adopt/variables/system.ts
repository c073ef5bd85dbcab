import { draftSystem } from "../../../model/draft.ts";
import { fact, secret, template } from "../../../model/words/value.ts";

// Adopted from compose.yaml.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
export const variables = draftSystem({
  name: "variables",
  services: {
    // compose.yaml:2
    // not set: OWNER, from OWNER_OF_GARDEN, which nobody says, compose.yaml:8
    watering: {
      kind: "worker",
      from: { image: "registry.example.com/garden/watering:3.1" },
      calls: {
        forecast: {}, // from FORECAST_HOST=forecast in watering, watering.env:1
      },
      reads: {
        FORECAST_HOST: fact("forecast", "host"),
        FORECAST_PORT: fact("forecast", "port"),
        LOG_LEVEL: "info",
        GREETING: "costs $5",
        NIGHT: "22:00",
      },
    },
    // compose.yaml:9
    forecast: {
      from: { image: "registry.example.com/garden/forecast:3.1" },
      answers: { "port-7000": { listens: 7000 } },
      outside: {
        example: { host: "api.weather.example.com" }, // from WEATHER_API=https://api.weather.example.com/v2 in forecast, compose.yaml:12
        "maps-example-org": { host: "maps.example.org", port: 8443 }, // from API_OF_MAPS=https://maps.example.org:8443 in forecast, compose.yaml:13
      },
      reads: {
        WEATHER_API: template`${fact("outside/example", "url")}/v2`,
        API_OF_MAPS: "https://maps.example.org:8443",
        WEATHER_KEY: secret("weather-key", "asked"),
        SIGNING_KEY: secret("signing-key", "asked"),
        PUBLIC_URL: "https://garden.example.org",
      },
    },
  },
});
