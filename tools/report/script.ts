/** A nicety: one button that opens or closes the whole tree. The page says everything without it. */
export const script = `
(() => {
  const tree = document.querySelector(".tree");
  if (!tree) return;
  const button = document.createElement("button");
  button.type = "button";
  const details = [...tree.querySelectorAll("details")];
  const label = () => { button.textContent = details.every((entry) => entry.open) ? "Close all" : "Open all"; };
  button.addEventListener("click", () => {
    const open = !details.every((entry) => entry.open);
    for (const entry of details) entry.open = open;
    label();
  });
  label();
  tree.before(button);
})();
`;
