/* the program of the test product: prints what its DLL says; "wait FILE" makes FILE, then stays until it is gone */
#include <stdio.h>
#include <string.h>
#include <windows.h>

__declspec(dllimport) const char *greeting(void);

int main(int argc, char **argv)
{
    printf("hello %s\n", greeting());
    fflush(stdout);
    if (argc == 3 && strcmp(argv[1], "wait") == 0) {
        FILE *flag = fopen(argv[2], "w");
        if (flag == NULL) {
            return 1;
        }
        fclose(flag);
        for (int i = 0; i < 300 && GetFileAttributesA(argv[2]) != INVALID_FILE_ATTRIBUTES; i++) {
            Sleep(100);
        }
    }
    return 0;
}
