// Where the numbers come from, as one line of text.
export default function (component) {
  const [data] = component.data;
  component.parentElement.querySelector(".sources").textContent = data.line;
}
