module hydrant/engine

go 1.26
