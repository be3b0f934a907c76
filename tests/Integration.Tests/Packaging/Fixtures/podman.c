/* stands for the programs of Podman: says its name and which version is installed */
#include <stdio.h>

int main(int argc, char **argv)
{
    printf("%s version " VERSION "\n", NAME);
    return 0;
}
