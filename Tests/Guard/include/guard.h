// Linked, it is there: nothing calls it.
