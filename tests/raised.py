"""Reads the sentences of errors, issues and left-out features off the syntax tree, with a mark for each value."""

import ast
from functools import cached_property
from itertools import product
from pathlib import Path

FIRST = 0xE000
"""Values become signs of the private use area, one after another."""

HOLE = "\0"
MOST = 64
DEEPEST = 8
MESSAGE = {"Issue": 6, "Result": 5, "Dropped": 1}
"""Place of the message among the arguments."""

LEFT_OUT = "faults"
"""What a reader calls the reasons for which it leaves features out."""


class Module:
    """The texts that a module may raise or report."""

    def __init__(self, path: Path) -> None:
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.nodes = list(ast.walk(self.tree))
        self.functions = {node.name: node for node in self.nodes if isinstance(node, ast.FunctionDef)}
        self.owner: dict[ast.AST, ast.FunctionDef] = {}
        for function in self.functions.values():
            # Functions come before those inside them: the innermost is the owner.
            self.owner |= dict.fromkeys(ast.walk(function), function)

    @cached_property
    def calls(self) -> list[ast.Call]:
        return [node for node in self.nodes if isinstance(node, ast.Call)]

    def sentences(self, errors: set[str], kinds: set[str]) -> set[str]:
        """Return the text of all errors of these classes, of all issues, and of findings of these kinds."""
        told = [*self._of_errors(errors), *self._of_issues(), *self._of_tuples(kinds)]
        texts = {text for node in told for text in self.texts(node)}
        return {text for text in texts if any(letter.isalpha() for letter in text)}

    def _of_errors(self, errors: set[str]) -> list[ast.expr]:
        return [call.args[0] for call in self.calls if name_of(call.func) in errors and call.args]

    def _of_issues(self) -> list[ast.expr]:
        found = []
        for call in self.calls:
            place = MESSAGE.get(name_of(call.func), len(call.args))
            found += call.args[place : place + 1]
            if name_of(call.func) in MESSAGE:
                found += [each.value for each in call.keywords if each.arg == "message"]
            if name_of(call.func) == "setdefault" and name_of(call.func.value) == LEFT_OUT:
                found.append(call.args[1])
        for node in self.nodes:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
                found += [node.value] if name_of(node.targets[0].value) == LEFT_OUT else []
        return found

    def _of_tuples(self, kinds: set[str]) -> list[ast.expr]:
        """Return what stands beside the kind of a finding, and beside None where a reason takes a value's place."""
        found = []
        for node in self.nodes:
            parts = node.elts if isinstance(node, ast.Tuple) and len(node.elts) > 1 else []
            if parts and isinstance(parts[-1], ast.JoinedStr | ast.Constant | ast.Name):
                beside = parts[-2]
                # `None` before a text: a feature without a shape, or a system that cannot be known.
                if isinstance(beside, ast.Constant) and (beside.value in kinds or beside.value is None):
                    found.append(parts[-1])
        return found

    def texts(self, node: ast.AST, deep: int = 0) -> list[str]:
        """Return every text an expression may give, as far as it is written out; `HOLE` for the rest."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return [node.value]
        found = self._of(node, deep + 1) if deep < DEEPEST else []
        return list(dict.fromkeys(found))[:MOST] or [HOLE]

    def _of(self, node: ast.AST, deep: int) -> list[str]:
        if isinstance(node, ast.JoinedStr):
            return _joined(*(self.texts(part, deep) for part in node.values))
        if isinstance(node, ast.FormattedValue):
            return self.texts(node.value, deep) if node.format_spec is None else []
        if isinstance(node, ast.IfExp):
            return [*self.texts(node.body, deep), *self.texts(node.orelse, deep)]
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            both = self.texts(node.left, deep), self.texts(node.right, deep)
            # A sum of numbers is one value.
            return [] if both == ([HOLE], [HOLE]) else _joined(*both)
        if isinstance(node, ast.Name):
            return self._of_name(node, deep)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in self.functions:
            returns = [each for each in ast.walk(self.functions[node.func.id]) if isinstance(each, ast.Return)]
            return [text for each in returns if each.value for text in self.texts(each.value, deep)]
        return []

    def _of_name(self, node: ast.Name, deep: int) -> list[str]:
        function = self.owner.get(node)
        if function is None:
            return []
        if node.id in [each.arg for each in function.args.args]:
            texts = [text for each in self._given(function, node.id) for text in self.texts(each, deep)]
            # A single word is a value, such as the name of a field.
            return [text if " " in text else HOLE for text in texts]
        return self._assigned(function.body, node.id, [], deep)

    def _given(self, function: ast.FunctionDef, name: str) -> list[ast.expr]:
        """Return what the module itself gives for a parameter, and its default."""
        names = [each.arg for each in function.args.args]
        place = names.index(name)
        calls = [each for each in self.calls if name_of(each.func) == function.name]
        defaults = dict(zip(reversed(names), reversed(function.args.defaults), strict=False))
        return [
            *(each.args[place] for each in calls if len(each.args) > place),
            *(word.value for each in calls for word in each.keywords if word.arg == name),
            *([defaults[name]] if name in defaults else []),
        ]

    def _assigned(self, body: list[ast.stmt], name: str, held: list[str], deep: int) -> list[str]:
        """Return what a name may hold after some statements."""
        for each in body:
            if isinstance(each, ast.Assign):
                held = self._after(each, name, held, deep)
            elif isinstance(each, ast.AugAssign) and name_of(each.target) == name:
                held = _joined(held, self.texts(each.value, deep))
            for inner in ("body", "orelse", "finalbody"):
                held = list(dict.fromkeys([*held, *self._assigned(getattr(each, inner, []), name, held, deep)]))
        return held

    def _after(self, statement: ast.Assign, name: str, held: list[str], deep: int) -> list[str]:
        target = statement.targets[0]
        if name_of(target) == name:
            return self.texts(statement.value, deep)
        names = [name_of(each) for each in target.elts] if isinstance(target, ast.Tuple) else []
        if name in names and isinstance(statement.value, ast.Tuple):
            return self.texts(statement.value.elts[names.index(name)], deep)
        return held


def name_of(node: ast.AST | None) -> str:
    """Return the last name of a name or an attribute."""
    return str(getattr(node, "attr", getattr(node, "id", "")))


def _joined(*parts: list[str]) -> list[str]:
    return ["".join(pieces) for pieces in product(*parts)]


def filled(text: str) -> str:
    """Return a text with its values as signs that no sentence holds, each its own."""
    first, *rest = text.split(HOLE)
    return first + "".join(chr(FIRST + number) + piece for number, piece in enumerate(rest))
