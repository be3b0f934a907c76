/* A libintl that hands every text back as it is: the nine functions of the gettext interface, without catalogues, domains or state.
 * GLib asks for such a library on Windows even when it is configured without translations. */
#include <libintl.h>
#include <stddef.h>

char *gettext(const char *text)
{
    return (char *)text;
}

char *dgettext(const char *domain, const char *text)
{
    (void)domain;
    return (char *)text;
}

char *dcgettext(const char *domain, const char *text, int category)
{
    (void)domain;
    (void)category;
    return (char *)text;
}

/* Without a catalogue the interface promises the Germanic plural. */
char *ngettext(const char *one, const char *many, unsigned long n)
{
    return (char *)(n == 1 ? one : many);
}

char *dngettext(const char *domain, const char *one, const char *many, unsigned long n)
{
    (void)domain;
    return ngettext(one, many, n);
}

char *dcngettext(const char *domain, const char *one, const char *many, unsigned long n, int category)
{
    (void)domain;
    (void)category;
    return ngettext(one, many, n);
}

/* The current domain is always the default one, and setting another changes nothing that a caller could see. */
char *textdomain(const char *domain)
{
    return (char *)(domain != NULL && *domain != '\0' ? domain : "messages");
}

char *bindtextdomain(const char *domain, const char *folder)
{
    (void)domain;
    return (char *)folder;
}

char *bind_textdomain_codeset(const char *domain, const char *codeset)
{
    (void)domain;
    return (char *)codeset;
}
