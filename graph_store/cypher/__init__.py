"""The compiler from questions to Cypher: text in, text out; nothing here talks to a database.

ast.py        the tree of a question; sources.py where the values of its parameters come from
passes/       settle → authorise → paginate → split → anchor: question to question
render.py     question to statement; operands.py its expressions, names.py its names

`{ instruments(first: 2, orderBy: [{valueCny: DESC}]) { nodes { name owner { name } } } }` becomes

    Question((Many(source=Instrument, order=(Key(Own(valueCny), descending=True),), window=Window(Literal(2)), items=True,
                   columns=(Leaf(Own(name)), One(owner, (Leaf(Own(name)),)))),))
"""
