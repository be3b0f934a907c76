// Stands in for docker.exe: asks the machine's API through the named pipe that DOCKER_HOST names, and prints the answer.
//
//	docker.exe PATH
//
// PATH is that of a request, such as /containers/json.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/Microsoft/go-winio"
)

const limit = 2 * time.Minute

func main() {
	if err := get(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func get(path string) error {
	host := os.Getenv("DOCKER_HOST")
	pipe, found := strings.CutPrefix(host, "npipe://")
	if !found {
		return fmt.Errorf("DOCKER_HOST is %q, where npipe:// and a pipe are expected", host)
	}
	pipe = strings.ReplaceAll(pipe, "/", `\`)
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()

	// under Wine the first client of a pipe of go-winio gets no answer: its handle is the one that keeps the pipe's name
	if first, err := winio.DialPipeContext(ctx, pipe); err == nil {
		first.Close()
	}

	client := http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return winio.DialPipeContext(ctx, pipe) },
	}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://docker"+path, nil)
	if err != nil {
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s%s: %s", host, path, response.Status)
	}
	_, err = io.Copy(os.Stdout, response.Body)
	fmt.Println()
	return err
}
