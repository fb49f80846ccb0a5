// Bareloop renders each folder that it is given and prints the milliseconds it took:
// the least that any program on top of the kustomize library needs. The first folder is
// rendered before the clock starts, so that the library has read its own schemas.
package main

import (
	"fmt"
	"os"
	"time"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

func main() {
	disk := filesys.MakeFsOnDisk()
	render(disk, os.Args[1])
	start := time.Now()
	for _, folder := range os.Args[2:] {
		render(disk, folder)
	}
	fmt.Println(time.Since(start).Milliseconds())
}

func render(disk filesys.FileSystem, folder string) {
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionUnspecified
	resources, err := krusty.MakeKustomizer(options).Run(disk, folder)
	if err == nil {
		_, err = resources.AsYaml()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
