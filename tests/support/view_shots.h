// SPDX-License-Identifier: GPL-3.0-or-later
// Views as a dock shows them, and pictures of them in light and dark.
#pragma once

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QPalette>
#include <QScrollArea>
#include <QTest>

namespace headlens::test {

inline QPalette darkPalette()
{
    QPalette p(QColor(45, 46, 50), QColor(37, 38, 42));
    p.setColor(QPalette::Base, QColor(28, 29, 32));
    p.setColor(QPalette::AlternateBase, QColor(35, 36, 40));
    p.setColor(QPalette::Highlight, QColor(70, 130, 200));
    p.setColor(QPalette::PlaceholderText, QColor(165, 167, 172));
    for (const QPalette::ColorRole role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        p.setColor(role, QColor(232, 233, 236));
    return p;
}

// In a scroll area, which owns the view from then on.
inline void show(QWidget* view, QScrollArea& dock, int width, int height)
{
    dock.setWidgetResizable(true);
    dock.setFrameShape(QFrame::NoFrame);
    dock.setWidget(view);
    dock.resize(width, height);
    dock.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dock));
}

// Into the folder HEADLENS_SHOTS, if there is one.
inline void photograph(QWidget& widget, const QString& name)
{
    const QString folder = qEnvironmentVariable("HEADLENS_SHOTS");
    if (folder.isEmpty()) return;
    QCoreApplication::processEvents();
    const QPalette light = QApplication::palette();
    QVERIFY(widget.grab().save(QStringLiteral("%1/%2.png").arg(folder, name)));
    QApplication::setPalette(darkPalette());
    QCoreApplication::processEvents();
    QCoreApplication::processEvents(); // plots draw themselves anew a little later
    QVERIFY(widget.grab().save(QStringLiteral("%1/%2-dark.png").arg(folder, name)));
    QApplication::setPalette(light);
    QCoreApplication::processEvents();
}

inline void everyPartHasAName(const QWidget& view)
{
    for (const QWidget* part : view.findChildren<QWidget*>()) {
        if (part->focusPolicy() == Qt::NoFocus || !part->isVisibleTo(&view)) continue;
        if (part->objectName().startsWith(QLatin1String("qt_")) || qobject_cast<const QLabel*>(part)) continue;
        const auto* button = qobject_cast<const QAbstractButton*>(part);
        QVERIFY2(!part->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty()),
                 part->metaObject()->className());
    }
}

} // namespace headlens::test
