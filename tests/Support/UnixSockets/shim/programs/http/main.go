// Unix sockets through Go's network poller, which uses other functions than C programs do: http.exe PATH.
// A server and a client in one process; what it prints is compared by a test.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
)

const requests = 100

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func run(path string) error {
	listener, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	fmt.Println("listening on", listener.Addr().Network(), listener.Addr())
	_, err = net.Listen("unix", path)
	fmt.Println("a second listener is refused:", err != nil)

	go http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		local := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
		// all of it before the answer begins: else the server closes the connection
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		fmt.Fprintf(w, "%s on %s, %s from %s", r.URL.Path, local.Network(), local, r.RemoteAddr)
		w.Write(body)
	}))

	connections := 0
	client := http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		connections++
		connection, err := net.Dial("unix", path)
		if err == nil {
			fmt.Println("connected to", connection.RemoteAddr().Network(), connection.RemoteAddr())
		}
		return connection, err
	}}}
	long := strings.Repeat("x", 1<<20)
	for i := 0; i < requests; i++ {
		response, err := client.Post("http://host/page", "text/plain", strings.NewReader(long))
		if err != nil {
			return err
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil {
			return err
		}
		if i == 0 {
			fmt.Println(strings.TrimSuffix(string(body), long))
		}
		if !strings.HasSuffix(string(body), long) {
			return fmt.Errorf("request %d: %d bytes came back", i, len(body))
		}
	}
	fmt.Println(requests, "requests, connections:", connections)

	client.CloseIdleConnections()
	if err := listener.Close(); err != nil {
		return err
	}
	// Go deletes the file of a listener that it closes
	_, err = os.Stat(path)
	fmt.Println("the file is gone:", os.IsNotExist(err))
	_, err = net.Dial("unix", path)
	fmt.Println("nobody to connect to:", err != nil)
	return nil
}
