import type { Drill } from "./registry";
import { goTool } from "./go-tools";
import { runSegmentation } from "./segmentation/run";

export const segmentationDrill: Drill = {
  name: "segmentation",
  summary: "who may talk to whom: the catalogue against the planned network policies, evaluated",
  run: async (context) => {
    await runSegmentation({
      projectDirectory: context.projectDirectory,
      environment: "prod",
      manyServices: 300,
      program: await goTool("cyclonus", context),
      held: context.held,
      say: context.say,
    });
  },
};
