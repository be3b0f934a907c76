/* prints what Windows says about the version of the file that its argument names */
#include <stdio.h>
#include <windows.h>

static const char *const names[] = {
    "Comments", "CompanyName", "FileDescription", "FileVersion", "InternalName", "LegalCopyright", "OriginalFilename", "ProductName", "ProductVersion",
};

int main(int argc, char **argv)
{
    static char info[65536];
    VS_FIXEDFILEINFO *fixed;
    WORD *translation;
    UINT length;

    if (argc != 2 || !GetFileVersionInfoA(argv[1], 0, sizeof info, info)) {
        printf("no version: error %lu\n", GetLastError());
        return 1;
    }
    if (!VerQueryValueA(info, "\\", (void **)&fixed, &length) || !VerQueryValueA(info, "\\VarFileInfo\\Translation", (void **)&translation, &length)) {
        return 2;
    }
    printf("%u.%u.%u.%u\n", HIWORD(fixed->dwFileVersionMS), LOWORD(fixed->dwFileVersionMS), HIWORD(fixed->dwFileVersionLS), LOWORD(fixed->dwFileVersionLS));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[64];
        char *text;
        snprintf(path, sizeof path, "\\StringFileInfo\\%04x%04x\\%s", translation[0], translation[1], names[i]);
        if (VerQueryValueA(info, path, (void **)&text, &length)) {
            printf("%s=%s\n", names[i], text);
        }
    }
    return 0;
}
