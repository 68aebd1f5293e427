"""The compiler from questions to Cypher: text in, text out; nothing here talks to a database.

ast.py        the tree of a question
passes/       settle → authorise → paginate → split → anchor: question to question
render.py     question to statement; operands.py its expressions, names.py its names
"""
