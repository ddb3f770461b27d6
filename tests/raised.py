"""Reads the sentences of errors and issues off the syntax tree, with a mark in place of each value."""

import ast
from functools import cached_property
from itertools import product
from pathlib import Path

FIRST = 0xE000
"""Values become signs of the private use area, one after another."""

HOLE = "\0"
MOST = 64
MESSAGE = {"Issue": 6, "Result": 5}
"""Place of the message among the arguments."""


class Module:
    """The texts that a module may raise or report."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.owner: dict[ast.AST, ast.FunctionDef] = {}
        self.functions = {node.name: node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)}
        for function in self.functions.values():
            # Functions come before those inside them: the innermost is the owner.
            self.owner |= dict.fromkeys(ast.walk(function), function)

    @cached_property
    def calls(self) -> list[ast.Call]:
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]

    def sentences(self, errors: set[str]) -> list[tuple[int, str]]:
        """Return line and text of all errors of these classes that are raised, and of all issues."""
        found = []
        raised = [node.exc for node in ast.walk(self.tree) if isinstance(node, ast.Raise)]
        for call in raised:
            if isinstance(call, ast.Call) and _name(call.func) in errors and call.args:
                found += [(call.lineno, text) for text in self.texts(call.args[0])]
        for call in self.calls:
            place = MESSAGE.get(_name(call.func), 99)
            message = next((each.value for each in call.keywords if each.arg == "message"), None)
            if len(call.args) > place:
                message = call.args[place]
            if message is not None and _name(call.func) in MESSAGE:
                found += [(call.lineno, text) for text in self.texts(message)]
        return [(line, text) for line, text in found if any(letter.isalpha() for letter in text)]

    def texts(self, node: ast.AST, deep: int = 0) -> list[str]:
        """Return every text an expression may give, as far as it is written out; `HOLE` for the rest."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return [node.value]
        found = self._of(node, deep) if deep < 8 else []
        return list(dict.fromkeys(found))[:MOST] or [HOLE]

    def _of(self, node: ast.AST, deep: int) -> list[str]:
        if isinstance(node, ast.JoinedStr):
            return _joined(*(self.texts(part, deep + 1) for part in node.values))
        if isinstance(node, ast.FormattedValue):
            return self.texts(node.value, deep + 1) if node.format_spec is None else []
        if isinstance(node, ast.IfExp):
            return [*self.texts(node.body, deep + 1), *self.texts(node.orelse, deep + 1)]
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return _joined(self.texts(node.left, deep + 1), self.texts(node.right, deep + 1))
        if isinstance(node, ast.Name):
            return self._of_name(node, deep)
        if isinstance(node, ast.Call) and _name(node.func) in self.functions and isinstance(node.func, ast.Name):
            returns = [each for each in ast.walk(self.functions[node.func.id]) if isinstance(each, ast.Return)]
            return [text for each in returns if each.value for text in self.texts(each.value, deep + 1)]
        return []

    def _of_name(self, node: ast.Name, deep: int) -> list[str]:
        function = self.owner.get(node)
        if function is None:
            return []
        parameters = [each.arg for each in function.args.args]
        if node.id in parameters:
            given = [each.args[parameters.index(node.id)] for each in self.calls
                     if _name(each.func) == function.name and len(each.args) > parameters.index(node.id)]  # fmt: skip
            return [text for each in given for text in self.texts(each, deep + 1)]
        return self._assigned(function.body, node.id, [], deep)

    def _assigned(self, body: list[ast.stmt], name: str, held: list[str], deep: int) -> list[str]:
        """Return what a name may hold after some statements."""
        for each in body:
            if isinstance(each, ast.Assign) and any(_name(target) == name for target in each.targets):
                held = self.texts(each.value, deep + 1)
            elif isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Tuple):
                names = [_name(target) for target in each.targets[0].elts]
                if name in names and isinstance(each.value, ast.Tuple):
                    held = self.texts(each.value.elts[names.index(name)], deep + 1)
            elif isinstance(each, ast.AugAssign) and _name(each.target) == name:
                held = _joined(held, self.texts(each.value, deep + 1))
            for inner in ("body", "orelse", "finalbody"):
                held = list(dict.fromkeys([*held, *self._assigned(getattr(each, inner, []), name, held, deep)]))
        return held


def _name(node: ast.AST | None) -> str:
    return str(getattr(node, "attr", getattr(node, "id", "")))


def _joined(*parts: list[str]) -> list[str]:
    return ["".join(pieces) for pieces in product(*parts)]


def filled(text: str) -> str:
    """Return a text with its values as signs that no sentence holds, each its own."""
    first, *rest = text.split(HOLE)
    return first + "".join(chr(FIRST + number) + piece for number, piece in enumerate(rest))
