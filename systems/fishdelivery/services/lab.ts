import { startSystemLab, type SystemLab } from "../../system-lab.ts";
import { fishdelivery } from "../system.ts";

export type Service = keyof typeof fishdelivery.services;
export type Lab = SystemLab<Service>;

/** Starts fishdelivery's services; throws NotInstalled where broker or database cannot be had. */
export const startLab = (): Promise<Lab> => startSystemLab(fishdelivery);
