// Asks Windows for a snapshot of itself, after a socket was opened, as podman does before it asks a gvproxy to end.
package main

import (
	"fmt"
	"net"
	"syscall"
	"unsafe"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	listener.Close()
	capture := syscall.NewLazyDLL("kernel32.dll").NewProc("PssCaptureSnapshot")
	if err := capture.Find(); err != nil {
		fmt.Println("there is none")
		return
	}
	var snapshot uintptr
	result, _, err := capture.Call(^uintptr(0), 0x80, 0, uintptr(unsafe.Pointer(&snapshot)))
	fmt.Printf("result %d, error %d, snapshot %d\n", result, err.(syscall.Errno), snapshot)
}
