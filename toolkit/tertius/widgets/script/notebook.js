// The host in a notebook is anywidget, which calls this render.

export default { render };
