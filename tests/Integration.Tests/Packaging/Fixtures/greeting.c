/* the DLL of the test product: what it returns tells which version is installed */
#ifndef GREETING
#define GREETING "one"
#endif

__declspec(dllexport) const char *greeting(void)
{
    return GREETING;
}
