// Bareloop renders each folder that it is given and prints the milliseconds it took:
// the least that any program on top of the kustomize library needs.
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
	start := time.Now()
	for _, folder := range os.Args[1:] {
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
	fmt.Println(time.Since(start).Milliseconds())
}
