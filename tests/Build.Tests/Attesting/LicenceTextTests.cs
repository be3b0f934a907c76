using Qcw.Build.Attesting;

namespace Qcw.Build.Tests.Attesting;

public sealed class LicenceTextTests
{
    private const string Bsd = "Redistribution and use in source and binary forms, with or without modification, are permitted";

    [TestCase("                 Apache License\n           Version 2.0, January 2004", "Apache-2.0")]
    [TestCase("// Licensed under http://www.apache.org/licenses/LICENSE-2.0 (the License)", "Apache-2.0")]
    [TestCase("Permission is hereby granted, free of charge, to any person\nobtaining a copy of this software", "MIT")]
    [TestCase(Bsd, "BSD-2-Clause")]
    [TestCase(Bsd + ". Neither the name of X nor others may be used to\nendorse or promote products", "BSD-3-Clause")]
    [TestCase("Mozilla Public License, version 2.0", "MPL-2.0")]
    [TestCase("Permission to use, and/or distribute this software for any purpose with or without fee is hereby granted", "ISC")]
    [TestCase("All rights reserved.", null)]
    public void A_licence_is_recognized_by_its_words(string text, string? expected) =>
        Assert.That(LicenceText.Recognize([text]), Is.EqualTo(expected));

    [Test]
    public void Several_texts_give_one_expression() => Assert.That(
        LicenceText.Recognize([Bsd, "Mozilla Public License Version 2.0", Bsd]), Is.EqualTo("BSD-2-Clause AND MPL-2.0"));

    [Test]
    public void Copyright_is_what_lines_with_a_year_say_and_not_that_of_the_licences_own_text() => Assert.That(
        LicenceText.CopyrightIn(
        [
            "Copyright (C) 1989, 1991 Free Software Foundation, Inc.\n * Copyright (c) 2011  A\n",
            "Copyright [yyyy] [name 2004]\nThe copyright of 2004\n",
            "copyright 2012 B\r\nCopyright (c) 2011 A",
        ]),
        Is.EqualTo("Copyright (c) 2011 A\ncopyright 2012 B"));

    [Test]
    public void A_text_without_copyright_gives_none() => Assert.That(LicenceText.CopyrightIn(["The copyright notice stays."]), Is.Null);
}
