/* libintl.h of a libintl that does not translate: see libintl.c. */
#ifndef QCW_LIBINTL_H
#define QCW_LIBINTL_H

#ifdef __cplusplus
extern "C" {
#endif

#define QCW_FORMAT(n) __attribute__((format_arg(n)))

char *gettext(const char *text) QCW_FORMAT(1);
char *dgettext(const char *domain, const char *text) QCW_FORMAT(2);
char *dcgettext(const char *domain, const char *text, int category) QCW_FORMAT(2);
char *ngettext(const char *one, const char *many, unsigned long n) QCW_FORMAT(1) QCW_FORMAT(2);
char *dngettext(const char *domain, const char *one, const char *many, unsigned long n) QCW_FORMAT(2) QCW_FORMAT(3);
char *dcngettext(const char *domain, const char *one, const char *many, unsigned long n, int category)
    QCW_FORMAT(2) QCW_FORMAT(3);
char *textdomain(const char *domain);
char *bindtextdomain(const char *domain, const char *folder);
char *bind_textdomain_codeset(const char *domain, const char *codeset);

#undef QCW_FORMAT

#ifdef __cplusplus
}
#endif

#endif
