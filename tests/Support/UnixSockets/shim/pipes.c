/* go-winio, with which Podman serves its named pipe, opens \??\pipe\NAME and asks for an exact match of letter cases. Windows ignores the
   case all the same. Wine obeys and has \??\PIPE only, so that the pipe is "not found": it gets a second name. */
#include "shim.h"
#include <winternl.h>

#define SYMBOLIC_LINK_ALL_ACCESS 0xf0001

void alias_pipes(void)
{
    static WCHAR name[] = L"\\??\\pipe", target[] = L"\\Device\\NamedPipe";
    UNICODE_STRING name_string = { sizeof(name) - sizeof(WCHAR), sizeof(name), name };
    UNICODE_STRING target_string = { sizeof(target) - sizeof(WCHAR), sizeof(target), target };
    OBJECT_ATTRIBUTES attributes = { .Length = sizeof(attributes), .ObjectName = &name_string, .Attributes = OBJ_PERMANENT };
    NTSTATUS (NTAPI *create)(HANDLE *, ACCESS_MASK, OBJECT_ATTRIBUTES *, UNICODE_STRING *) =
        (void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtCreateSymbolicLinkObject");
    HANDLE link;

    /* it fails where an earlier process of this prefix has made it */
    if (create && NT_SUCCESS(create(&link, SYMBOLIC_LINK_ALL_ACCESS, &attributes, &target_string))) CloseHandle(link);
}
