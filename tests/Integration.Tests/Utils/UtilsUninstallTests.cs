namespace Qcw.Integration.Tests.Utils;

/// <summary>What -Uninstall removes: what was installed, and nothing else.</summary>
public sealed class UtilsUninstallTests
{
    private UtilsRelease release = null!;

    [SetUp]
    public void Install()
    {
        release = new UtilsRelease();
        release.Script.RunOk();
    }

    [TearDown]
    public void Delete() => release.Dispose();

    [Test]
    public void Removes_everything_and_the_folder()
    {
        release.Script.RunOk("-Uninstall");
        Assert.That(Directory.GetFileSystemEntries(release.Script.WorkingDirectory), Is.Empty);
    }

    [Test]
    public void The_installed_copy_uninstalls_its_own_folder()
    {
        string moved = release.Folder["moved elsewhere"];
        Directory.Move(release.Default, moved);
        (int code, string output) = release.Script.RunFile(Path.Combine(moved, "qcw-utils.ps1"), "-Uninstall");
        Assert.That(code, Is.Zero, output);
        Assert.That(moved, Does.Not.Exist);
    }

    [Test]
    public void Leaves_files_of_others_and_changed_ones()
    {
        string changed = Path.Combine(release.Default, "shells/podman-wsl.bat");
        File.AppendAllText(changed, "rem mine\r\n");
        File.WriteAllText(Path.Combine(release.Default, "xz/mine.txt"), "mine");
        Assert.That(release.Script.RunOk("-Uninstall"), Does.Contain($"left, because it was changed: {changed}"));
        Assert.That(UtilsRelease.FilesIn(release.Default), Is.EqualTo(["shells/podman-wsl.bat", "xz/mine.txt"]));
    }

    [Test]
    public void Force_removes_changed_ones_too()
    {
        File.AppendAllText(Path.Combine(release.Default, "shells/podman-wsl.bat"), "rem mine\r\n");
        release.Script.RunOk("-Uninstall", "-Force");
        Assert.That(release.Default, Does.Not.Exist);
    }

    [Test]
    public void WhatIf_removes_nothing()
    {
        string[] before = UtilsRelease.FilesIn(release.Default);
        Assert.That(release.Script.RunOk("-Uninstall", "-WhatIf"), Does.Contain("would delete"));
        Assert.That(UtilsRelease.FilesIn(release.Default), Is.EqualTo(before));
    }

    [Test]
    public void A_folder_where_nothing_was_installed_is_refused() =>
        Assert.That(release.Script.RunFailing("-Uninstall", "-Target", release.Folder.Path), Does.Contain("nothing was installed there"));

    [TestCase("../mine.txt"), TestCase("/mine.txt"), TestCase("C:/mine.txt"), TestCase(@"a\..\mine.txt"), TestCase("a/../../mine.txt")]
    public void A_manifest_that_leads_out_of_the_folder_is_refused(string path)
    {
        File.AppendAllText(Path.Combine(release.Default, "qcw-utils.manifest"), $"{new string('0', 64)}  {path}\n");
        string[] before = UtilsRelease.FilesIn(release.Default);
        Assert.That(release.Script.RunFailing("-Uninstall", "-Force"), Does.Contain("is damaged in line"));
        Assert.That(UtilsRelease.FilesIn(release.Default), Is.EqualTo(before));
    }
}
