/* podman 5 and newer asks a gvproxy that still runs to close its windows, and finds its threads with PssCaptureSnapshot. Windows has that
   since 8.1, Wine 8 has it not, and a Go program that calls what is not there ends with a panic. So the program gets a function that
   fails: podman then waits for gvproxy's end, which follows QEMU's. */
#include "shim.h"
#include <string.h>

static FARPROC (WINAPI *wine_GetProcAddress)(HMODULE, LPCSTR);

static DWORD WINAPI fail_to_capture(HANDLE process, DWORD flags, DWORD context, HANDLE *snapshot)
{
    (void)process, (void)flags, (void)context;
    *snapshot = NULL;
    SetLastError(ERROR_CALL_NOT_IMPLEMENTED);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

static FARPROC WINAPI shimmed_GetProcAddress(HMODULE module, LPCSTR name)
{
    /* below 64 KiB it is an ordinal */
    if ((ULONG_PTR)name >> 16 && !strcmp(name, "PssCaptureSnapshot")) return (FARPROC)(void *)fail_to_capture;
    return wine_GetProcAddress(module, name);
}

/* Go's runtime takes GetProcAddress from the import table of the program, and everything else through that. */
void add_snapshots(void)
{
    BYTE *program = (BYTE *)GetModuleHandleW(NULL);
    IMAGE_NT_HEADERS *headers = (IMAGE_NT_HEADERS *)(program + ((IMAGE_DOS_HEADER *)program)->e_lfanew);
    IMAGE_DATA_DIRECTORY *imports = &headers->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT];
    IMAGE_IMPORT_DESCRIPTOR *library;
    HMODULE kernel = GetModuleHandleW(L"kernel32.dll");

    if (!imports->Size) return;
    wine_GetProcAddress = (void *)GetProcAddress(kernel, "GetProcAddress");
    for (library = (IMAGE_IMPORT_DESCRIPTOR *)(program + imports->VirtualAddress); library->FirstThunk; library++)
    {
        FARPROC *entry;
        for (entry = (FARPROC *)(program + library->FirstThunk); *entry; entry++)
        {
            DWORD before;
            if (*entry != (FARPROC)(void *)wine_GetProcAddress) continue;
            if (!VirtualProtect(entry, sizeof(*entry), PAGE_READWRITE, &before)) continue;
            *entry = (FARPROC)(void *)shimmed_GetProcAddress;
            VirtualProtect(entry, sizeof(*entry), before, &before);
        }
    }
}
