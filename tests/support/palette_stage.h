// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window and its command palette; for tests to derive from.
#pragma once

#include "app/command_palette.h"
#include "tests/support/window_stage.h"
#include "widgets/canvas/canvas.h"
#include "widgets/palette/palette_lines.h"
#include "widgets/palette/palette_popup.h"

#include <QFile>
#include <QLineEdit>

namespace headlens::test {

class PaletteStage : protected WindowStage {
protected:
    PalettePopup& popup() { return *m_window->palette()->popup(); }
    void begin(const QString& language = "en", const QString& theme = "system")
    {
        openWindow(language, theme);
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->canvas()->setFocus();
    }
    void openModel(const char* name)
    {
        m_window->openings()->openModel(name);
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == name && model().hasInput(),
                                 30'000);
    }
    void openPalette()
    {
        if (!popup().isOpen()) QTest::keyClick(m_window->focusWidget(), Qt::Key_K, Qt::ControlModifier);
        QVERIFY(popup().isOpen() && popup().isVisible() && popup().field()->hasFocus());
    }
    // The names that are found, the best first.
    QStringList found(const QString& typed)
    {
        openPalette();
        popup().field()->setText(typed);
        QStringList names;
        for (int row = 0; row < popup().lines().rowCount(); ++row) names << popup().lines().at(row).entry.name;
        return names;
    }
    QString first(const QString& typed) { return found(typed).value(0); }
    // Types it, runs the first line, and lets it happen.
    void run(const QString& typed)
    {
        QVERIFY2(!found(typed).isEmpty(), qPrintable(typed));
        QTest::keyClick(popup().field(), Qt::Key_Return);
        QVERIFY(!popup().isOpen());
        QCoreApplication::processEvents();
    }
    bool hasChinese() const { return QFile::exists(":/i18n/headlens_zh_CN.qm"); }
    void shoot(const QByteArray& name)
    {
        const QString folder = qEnvironmentVariable("HEADLENS_SHOTS");
        if (folder.isEmpty()) return;
        QCoreApplication::processEvents();
        QVERIFY(m_window->grab().save(QStringLiteral("%1/%2.png").arg(folder, QLatin1String(name))));
    }
};

} // namespace headlens::test
