using System.Text;

namespace Qcw.Build.Tests.Core;

public sealed class BodySnifferTests
{
    [TestCase("<!DOCTYPE html><html><title>Not found</title>", "an HTML page (\"Not found\")")]
    [TestCase("\uFEFF\r\n  <HTML><HEAD><TITLE lang=en>\n 404\n Not Found </TITLE>", "an HTML page (\"404 Not Found\")")]
    [TestCase("<?xml version=\"1.0\"?>\n<!-- made by hand --><!doctype html PUBLIC \"x\">", "an HTML page")]
    [TestCase("<script>location='/login'</script>", "an HTML page")]
    [TestCase("{\"error\": \"rate limit\"}", "a JSON text")]
    [TestCase("", "an empty file")]
    [TestCase("From 1234 Mon Sep 17 00:00:00 2001\nSubject: [PATCH] <html>\n", null)]
    [TestCase("<htmlish>", null)]
    public void Knows_error_pages(string text, string? expected) =>
        Assert.That(BodySniffer.Describe(Encoding.UTF8.GetBytes(text)), Is.EqualTo(expected));

    [Test]
    public void Knows_a_page_in_UTF_16() =>
        Assert.That(
            BodySniffer.Describe([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<html><title>x</title>")]),
            Is.EqualTo("an HTML page (\"x\")"));

    [Test]
    public void Takes_binary_bytes_for_nothing_in_particular() =>
        Assert.That(BodySniffer.Describe([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, 0, 4]), Is.Null);

    [Test]
    public void Cuts_a_long_title() =>
        Assert.That(BodySniffer.Describe(Encoding.UTF8.GetBytes($"<html><title>{new string('x', 500)}</title>")), Has.Length.LessThan(120));
}
