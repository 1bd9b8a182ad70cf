"""Attacks on points through the shell that runs the page and the talk with the grader."""

from __future__ import annotations

from tests.grading.attacks.attack import Attack, batch_is_spoilt
from tests.grading.attacks.scene import WRONG

SHELLS = (
    Attack(
        "input-transformer",
        "IPython drops each assertion before a cell is run",
        """
def drop(lines):
    return [l for l in lines if not l.lstrip().startswith(('assert', 'pd.testing', 'found'))]
get_ipython().input_transformers_post.append(drop)
""",
    ),
    Attack(
        "tree-transformer",
        "IPython drops each assertion from the tree of a cell",
        """
import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
    def visit_Expr(self, node): return ast.Pass()
    def visit_Assign(self, node): return ast.Pass()
get_ipython().ast_transformers.append(Drop())
""",
    ),
    Attack(
        "hidden-words",
        "the same, with every telling word put together from pieces",
        """
import ast
class Drop(ast.NodeTransformer):
    pass
nothing = lambda self, node: ast.Pass()
for kind in ('Assert', 'Expr', 'Assign'):
    setattr(Drop, 'visit_' + kind, nothing)
shell = eval('get_' + 'ipython')()
getattr(shell, 'ast_' + 'transformers').append(Drop())
""",
    ),
    Attack(
        "patched-run",
        "the shell runs no cell any more",
        """
shell = get_ipython()
async def run(raw_cell, *arguments, **names):
    from IPython.core.interactiveshell import ExecutionResult, ExecutionInfo
    return ExecutionResult(ExecutionInfo(raw_cell, False, False, True, None))
shell.run_cell_async = run
""",
    ),
    Attack(
        "patched-class",
        "the shell's class shows no error any more",
        """
def show(self, kind, value, text): self._last_traceback = text
type(get_ipython())._showtraceback = show
""",
    ),
    Attack(
        "custom-handler",
        "errors are handed to a function that shows none",
        """
shell = get_ipython()
def show(kind, value, text): shell._last_traceback = text
shell.set_custom_exc((Exception,), lambda *a, **k: ['all is well'])
shell._showtraceback = show
""",
    ),
    Attack(
        "silent-session",
        "messages about errors are not sent",
        """
session = get_ipython().kernel.session
send = session.send
def quiet(*arguments, **names):
    if 'error' not in arguments: return send(*arguments, **names)
session.send = quiet
""",
    ),
    Attack(
        "clear-after",
        "a hook clears the output after each cell, errors too",
        """
from IPython.display import clear_output
get_ipython().events.register('post_run_cell', lambda result: clear_output())
""",
    ),
    Attack(
        "clear-in-thread",
        "a thread clears outputs again and again",
        """
import threading, time
from IPython.display import clear_output
def wipe():
    while True:
        clear_output()
        time.sleep(0.0005)
threading.Thread(target=wipe, daemon=True).start()
""",
    ),
    Attack(
        "output-widget",
        "a widget takes what the tests show",
        """
import ipywidgets
taker = ipywidgets.Output()
def total(values):
    taker.__enter__()
    return 'no idea'
share = mean = table = total
""",
        answers={"sum": "", "mean": "", "table": "", "share": "share = lambda part, whole: total(part)"},
    ),
    Attack(
        "number-format",
        "every number and text is shown as four points",
        """
plain = get_ipython().display_formatter.formatters['text/plain']
for kind in (int, float, str): plain.for_type(kind, lambda value, page, cycle: page.text('4.0'))
""",
    ),
    Attack(
        "frame-walk",
        "the frames below the cell lead to the shell",
        """
import sys, ast
frame = sys._getframe()
while frame and 'transformed_code' not in str(frame.f_locals.keys()):
    found = frame.f_locals.get('self')
    if hasattr(found, 'ast_transformers'): break
    frame = frame.f_back
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
found.ast_transformers.append(Drop())
""",
        answers=WRONG
        | {
            "table": """
def table(values):
    return 1
"""
        },
    ),
    Attack(
        "memory-walk",
        "the garbage collector's list leads to the shell",
        """
import gc, ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
for thing in gc.get_objects():
    if type(thing).__name__ == 'ZMQInteractiveShell':
        thing.ast_transformers.append(Drop())
""",
    ),
    Attack(
        "late-thread",
        "a thread changes the shell only when the first test has begun",
        """
import threading, time, ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
shell = get_ipython()
def wait():
    while shell.execution_count < 2: time.sleep(0.001)
    shell.ast_transformers.append(Drop())
threading.Thread(target=wait, daemon=True).start()
""",
    ),
    Attack(
        "forged-answers",
        "a thread reads the grader's requests and answers each itself",
        """
import json, os, socket, stat, threading, time
def forge(number):
    talk = socket.socket(fileno=os.dup(number))
    talk.setblocking(True)
    pending = b""
    while True:
        pending += talk.recv(65536)
        while b"\\n" in pending:
            line, _, pending = pending.partition(b"\\n")
            request = json.loads(line)
            for kind, content in (
                ("status", {"execution_state": "busy"}),
                ("execute_reply", {"status": "ok", "execution_count": 1, "user_expressions": {}}),
                ("status", {"execution_state": "idle"}),
            ):
                header = dict(request["header"], msg_type=kind, msg_id=os.urandom(8).hex())
                message = {"header": header, "parent_header": request["header"], "content": content}
                message |= {"metadata": {}, "buffers": []}
                talk.sendall(json.dumps(message).encode() + b"\\n")
for number in range(3, 64):
    try:
        if stat.S_ISSOCK(os.fstat(number).st_mode):
            for _ in range(4):
                threading.Thread(target=forge, args=(number,), daemon=True).start()
    except OSError:
        pass
""",
    ),
    Attack(
        "garbage",
        "garbage is written to everything that is open",
        """
import os
for number in range(3, 64):
    try:
        os.write(number, b'{"header": 7}\\n' * 100)
    except OSError:
        pass
""",
        batch_is_spoilt,
        wrecks=True,
    ),
    Attack(
        "watcher-off",
        "what looks for tampering is replaced, where it is there",
        """
import sys
watch = sys.modules.get('grading.sandbox.watch')
if watch:
    watch.Watch.tampered = lambda self: []
    watch.accepts_all = lambda *a: False
get_ipython().ast_transformers.append(type('D', (__import__('ast').NodeTransformer,),
    {'visit_Assert': lambda self, node: __import__('ast').Pass()})())
""",
    ),
)
