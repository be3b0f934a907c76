/* Under Wine everybody is an administrator. "as-user lock" makes the registry of the machine one that only administrators write into, as
   Windows' own is; "as-user run COMMAND" runs a command with a token that is not elevated and in which Administrators only deny. */
#include <windows.h>
#include <sddl.h>
#include <stdio.h>

/* no program's own exit codes; WineUser.cs knows them */
#define NOT_STARTED 250250
#define UNKNOWN 250251

static int fail(const char *what, int code)
{
    fprintf(stderr, "as-user: %s: error %lu\n", what, GetLastError());
    return code;
}

static LONG lock_keys(HKEY key, PSECURITY_DESCRIPTOR rights)
{
    LONG error = RegSetKeySecurity(key, DACL_SECURITY_INFORMATION, rights);
    WCHAR name[256];
    for (DWORD index = 0; error == ERROR_SUCCESS; index++) {
        DWORD length = ARRAYSIZE(name);
        HKEY child;
        if (RegEnumKeyExW(key, index, name, &length, NULL, NULL, NULL, NULL) != ERROR_SUCCESS)
            break;
        /* Wine 8 opens this one for writing when it wants to know its own version, and takes another where it may not */
        if (!lstrcmpiW(name, L"Windows NT"))
            continue;
        /* REG_OPTION_OPEN_LINK: a link may point anywhere */
        if (RegOpenKeyExW(key, name, REG_OPTION_OPEN_LINK, KEY_READ | WRITE_DAC, &child) == ERROR_SUCCESS) {
            error = lock_keys(child, rights);
            if (error == ERROR_INVALID_HANDLE) /* Perflib\009 stands for counters, and is no key */
                error = ERROR_SUCCESS;
            RegCloseKey(child);
        }
    }
    return error;
}

/* not all of System: Wine's explorer, which everybody starts who shows a window first, writes its displays there and waits for ever */
static int lock(void)
{
    static const WCHAR *const roots[] = { L"Software", L"System\\CurrentControlSet\\Control\\Session Manager" };
    PSECURITY_DESCRIPTOR rights;
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(
            L"D:(A;OICI;KA;;;BA)(A;OICI;KR;;;WD)", SDDL_REVISION_1, &rights, NULL))
        return fail("rights", NOT_STARTED);
    for (size_t i = 0; i < ARRAYSIZE(roots); i++) {
        HKEY key;
        LONG error = RegOpenKeyExW(HKEY_LOCAL_MACHINE, roots[i], 0, KEY_READ | WRITE_DAC, &key);
        if (error == ERROR_SUCCESS)
            error = lock_keys(key, rights);
        if (error != ERROR_SUCCESS) {
            SetLastError(error);
            return fail("lock", NOT_STARTED);
        }
    }
    return 0;
}

static int run(WCHAR *command)
{
    HANDLE own, user;
    TOKEN_LINKED_TOKEN limited;
    DWORD size;
    BYTE sid[SECURITY_MAX_SID_SIZE];
    DWORD sid_size = sizeof(sid);
    SID_AND_ATTRIBUTES administrators = { sid, 0 };
    STARTUPINFOW start = { .cb = sizeof(start) };
    PROCESS_INFORMATION process;
    DWORD code;

    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &own)
        || !GetTokenInformation(own, TokenLinkedToken, &limited, sizeof(limited), &size)
        || !CreateWellKnownSid(WinBuiltinAdministratorsSid, NULL, sid, &sid_size)
        || !CreateRestrictedToken(limited.LinkedToken, 0, 1, &administrators, 0, NULL, 0, NULL, &user))
        return fail("token", NOT_STARTED);
    if (!CreateProcessAsUserW(user, NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process))
        return fail("start", NOT_STARTED);
    WaitForSingleObject(process.hProcess, INFINITE);
    if (!GetExitCodeProcess(process.hProcess, &code))
        return fail("exit code", UNKNOWN);
    return (int)code;
}

int wmain(int count, WCHAR **words)
{
    if (count == 2 && !lstrcmpW(words[1], L"lock"))
        return lock();
    if (count > 2 && !lstrcmpW(words[1], L"run"))
        return run(wcsstr(GetCommandLineW(), L" run ") + 5);
    fprintf(stderr, "as-user: lock, or run COMMAND\n");
    return NOT_STARTED;
}
