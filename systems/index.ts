import type { System } from "../model/system.ts";
import { animalHospital } from "./animal-hospital/system.ts";
import { cleanmall } from "./cleanmall/system.ts";
import { dateCourse } from "./date-course/system.ts";
import { fishdelivery } from "./fishdelivery/system.ts";
import { health } from "./health/system.ts";

/** Every system this repository describes. */
// biome-ignore format: one system a line
export const systems: readonly System[] = [
  fishdelivery,
  dateCourse,
  animalHospital,
  cleanmall,
  health,
];
