/* A guest that needs UEFI: EFI/BOOT/BOOTX64.EFI of a disk. It computes a Fibonacci number, says it on the console of the firmware and on
   every serial port that the firmware has a driver for, a virtio console among them, and waits to be ended. The definitions are those of
   the UEFI specification 2.10, as far as they are used here. */
#include <stddef.h>
#include <stdint.h>

typedef uint64_t status;
typedef void *handle;
typedef struct { uint32_t a; uint16_t b, c; uint8_t d[8]; } guid;

/* 12.4: Simple Text Output Protocol */
typedef struct text_output text_output;
struct text_output { void *reset; status (*output_string)(text_output *, uint16_t *); };

/* 12.8: Serial I/O Protocol */
typedef struct serial_io serial_io;
struct serial_io
{
    uint32_t revision;
    void *reset, *set_attributes, *set_control, *get_control;
    status (*write)(serial_io *, size_t *size, const void *buffer);
};
static guid serial_io_protocol = { 0xbb25cf6f, 0xf1d4, 0x11d2, { 0x9a, 0x0c, 0x00, 0x90, 0x27, 0x3f, 0xc1, 0xfd } };

typedef struct { uint64_t signature; uint32_t revision, size, crc, reserved; } table_header;

/* 4.4; a field named until_… stands for the functions before the next one, and its number is how many these are */
enum { by_protocol = 2 };
typedef struct
{
    table_header header;
    void *until_handle_protocol[16];
    status (*handle_protocol)(handle, guid *, void **);
    void *until_stall[11];
    status (*stall)(size_t microseconds);
    void *until_locate_handle_buffer[7];
    status (*locate_handle_buffer)(int type, guid *, void *key, size_t *count, handle **);
} boot_services;

/* 4.3 */
typedef struct
{
    table_header header;
    uint16_t *vendor;
    uint32_t vendor_revision;
    handle input_handle;
    void *input;
    handle output_handle;
    text_output *output;
    handle error_handle;
    text_output *error;
    void *runtime;
    boot_services *boot;
} system_table;

#define TEXT "qcw guest: F(24) = "

static char line[64];

static size_t make_line(void)
{
    uint32_t last = 1, next = 0;
    char digits[12], *first = digits + sizeof(digits);
    size_t length = sizeof(TEXT) - 1;
    volatile int count; /* so that the number is computed here, and not by the compiler */
    for (count = 24; count; count--)
    {
        uint32_t sum = last + next;
        last = next;
        next = sum;
    }
    for (; next; next /= 10) *--first = (char)('0' + next % 10);
    for (size_t i = 0; i < length; i++) line[i] = TEXT[i];
    while (first < digits + sizeof(digits)) line[length++] = *first++;
    line[length++] = '\r';
    line[length++] = '\n';
    return length;
}

status efi_main(handle image, system_table *system)
{
    size_t length = make_line(), count = 0;
    uint16_t wide[sizeof(line)] = { 0 };
    handle *ports;
    (void)image;
    for (size_t i = 0; i < length; i++) wide[i] = (uint16_t)line[i];
    system->output->output_string(system->output, wide);
    if (!system->boot->locate_handle_buffer(by_protocol, &serial_io_protocol, NULL, &count, &ports))
    {
        for (size_t i = 0; i < count; i++)
        {
            serial_io *port;
            size_t size = length;
            if (!system->boot->handle_protocol(ports[i], &serial_io_protocol, (void **)&port)) port->write(port, &size, line);
        }
    }
    /* a second at a time: the firmware sends what is left in the queues of its drivers while it waits */
    for (;;) system->boot->stall(1000000);
}
