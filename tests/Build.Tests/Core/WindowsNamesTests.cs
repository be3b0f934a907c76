using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Tests.Core;

/// <summary>The names of devices, which are refused wherever names come from: in source trees and in installers.</summary>
public sealed class WindowsNamesTests
{
    [TestCase("con")]
    [TestCase("PRN")]
    [TestCase("aux .h")]
    [TestCase("Nul.tar.gz")]
    [TestCase("CONIN$")]
    [TestCase("conout$.txt")]
    [TestCase("COM0")]
    [TestCase("com9.c")]
    [TestCase("LPT0")]
    [TestCase("lpt1")]
    [TestCase("COM\u00b2")]
    [TestCase("lpt\u00b3.log")]
    public void A_device_is_no_name_of_a_file(string name)
    {
        string path = $"folder/{name}/x";
        Assert.That(WindowsNames.Problem(path), Does.Contain("the name of a device"));
        Assert.That(EntryPath.Problem(path, windows: true), Does.Contain("the name of a device"));
        Assert.That(EntryPath.Problem(path, windows: false), Is.Null);
    }

    [TestCase("console")]
    [TestCase("com10")]
    [TestCase("com")]
    [TestCase("lptx")]
    [TestCase("nul_device.c")]
    [TestCase("x.con")]
    [TestCase("conin")]
    public void A_name_that_only_looks_like_a_device_is_fine(string name)
    {
        Assert.That(WindowsNames.Device(name), Is.Null);
        Assert.That(WindowsNames.Problem(name), Is.Null);
        Assert.That(EntryPath.Problem(name, windows: true), Is.Null);
    }
}
