// All that Streamlit is given of a component's script. The rest is in one file for all of them, which
// the browser has fetched already; dashboard/scripts.py puts its address in here.
export default async (component) => {
  const { default: show } = await import(location.origin + "ADDRESS");
  return show(component);
};
