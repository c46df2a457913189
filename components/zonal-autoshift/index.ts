export type { ZonalAutoshiftArgs } from "./args";
export { ZonalAutoshift } from "./zonal-autoshift";
