"""Files of other people: read in a process of their own, mended, and kept in a form that loads at once.

`prepare` imports a file or finds it in the cache, without Blender in the calling process; `placing` puts what it
returns into a scene.
"""
