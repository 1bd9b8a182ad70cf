"""Opens the learner's folder in JupyterLab, for who wants to see how a page is made."""

from __future__ import annotations

import json
import os
import signal
import tempfile

from jupyterlab.labapp import LabApp

from course.files import write_whole
from course.learn.copying import OWN
from course.learn.opening import ADDRESS, PORT, SOCKETS, TRANSPORT, Opened, bind

# What this Python also has installed and no learner needs: an instructor's tools, a second
# notebook program, a terminal.
SERVER_PARTS_OFF = (
    "jupyter_lsp",
    "jupyter_server_terminals",
    "nbgrader.server_extensions.assignment_list",
    "nbgrader.server_extensions.course_list",
    "nbgrader.server_extensions.formgrader",
    "nbgrader.server_extensions.validate_assignment",
    "notebook",
    "notebook_shim",
    "voila.server_extension",
)
LAB_PARTS_OFF = (
    "@jupyter/nbgrader",
    "@jupyter-notebook/lab-extension",
    "@voila-dashboards/jupyterlab-preview",
)
SETTINGS = {
    "labconfig/page_config.json": {"disabledExtensions": dict.fromkeys(LAB_PARTS_OFF, True)},
    # Else it asks whether it may ask the network for news.
    "user-settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
}


def open_lab(opened: Opened, *, port: int = PORT, open_browser: bool = True) -> None:
    """Open JupyterLab on the learner's folder and stay until Ctrl-C.

    It asks nothing outside: no news, no search for updates, no extensions to install. Its
    settings are its own, in the learner's folder.
    """
    opened.tell_pages()
    own = opened.folder / OWN / "lab"
    for name, settings in SETTINGS.items():
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(own / name, json.dumps(settings))
    os.environ["JUPYTER_CONFIG_DIR"] = str(own)
    os.environ["JUPYTERLAB_SETTINGS_DIR"] = str(own / "user-settings")
    os.environ["JUPYTERLAB_WORKSPACES_DIR"] = str(own / "workspaces")
    door = bind(port)
    port = door.getsockname()[1]
    door.close()
    off = dict.fromkeys(SERVER_PARTS_OFF, False)
    with tempfile.TemporaryDirectory(prefix="course-", dir=SOCKETS) as sockets:
        os.environ["JUPYTER_RUNTIME_DIR"] = sockets
        server = LabApp.initialize_server(
            argv=[
                f"--ServerApp.root_dir={opened.folder}",
                f"--ServerApp.ip={ADDRESS}",
                f"--ServerApp.port={port}",
                "--ServerApp.port_retries=0",
                "--ServerApp.open_browser=False",
                "--ServerApp.no_browser_open_file=True",
                "--ServerApp.allow_root=True",
                f"--ServerApp.jpserver_extensions={off}",
                f"--IdentityProvider.token={opened.key}",
                f"--KernelManager.transport={TRANSPORT}",
                "--Application.log_level=CRITICAL",
                "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
                "--LabApp.extension_manager=readonly",
            ]
        )
        # Without a terminal it would leave its kernels behind, and in one it would ask twice.
        signal.signal(signal.SIGINT, lambda *_: server.stop(from_signal=True))
        with opened.announced(f"http://{ADDRESS}:{port}/lab?token={opened.key}", open_browser):
            server.start()
