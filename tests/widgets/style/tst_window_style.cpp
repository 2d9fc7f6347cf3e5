// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/window_style.h"

#include "widgets/style/icons.h"
#include "widgets/style/look.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace headlens;

Q_DECLARE_METATYPE(Look)

namespace {

const QList<QPair<const char*, Look>> kLooks{{"plain", Look::Plain}, {"segment", Look::Segment}, {"chip", Look::Chip},
                                             {"field", Look::Field}, {"accent", Look::Accent},   {"rail", Look::Rail}};

std::unique_ptr<QToolButton> buttonLike(Look look)
{
    auto button = std::make_unique<QToolButton>();
    button->setText(QStringLiteral("Spotlight"));
    button->setCheckable(true);
    setLook(button.get(), look);
    return button;
}

int pixelsOf(const QImage& image, const QColor& colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) count += image.pixelColor(x, y).rgb() == colour.rgb() ? 1 : 0;
    return count;
}

// As the style paints it in this state, whatever the window system says of focus.
QImage painted(const QToolButton& button, QStyle::State extra)
{
    QStyleOptionToolButton option;
    option.initFrom(&button);
    option.state = QStyle::State_Enabled | QStyle::State_Raised | extra;
    option.subControls = QStyle::SC_ToolButton;
    option.text = button.text();
    option.font = button.font();
    option.toolButtonStyle = Qt::ToolButtonTextOnly;
    option.rect = QRect(QPoint(), button.sizeHint());
    QImage image(option.rect.size(), QImage::Format_RGB32);
    image.fill(option.palette.color(QPalette::Window));
    QPainter painter(&image);
    QApplication::style()->drawComplexControl(QStyle::CC_ToolButton, &option, &painter, &button);
    return image;
}

} // namespace

class TestWindowStyle : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_style = new WindowStyle;
        QApplication::setStyle(m_style);
    }
    void init()
    {
        QApplication::setPalette(paletteOf(darkTones()));
        m_style->setAnimates(true);
    }
    void everyLookShowsWhereTheKeyboardIs_data() { looks(); }
    void everyLookShowsWhereTheKeyboardIs();
    void whatIsChosenHasAShapeOfItsOwn_data() { looks(); }
    void whatIsChosenHasAShapeOfItsOwn();
    void everyTextFitsAtEverySize_data();
    void everyTextFitsAtEverySize();
    void aRowOfSegmentsIsRoundedAtItsEndsOnly();
    void theChevronOfAFieldHasRoomBesideItsText();
    void titlesOfTabsAreNeverCut();
    void anUntickedBoxIsSeenInBothThemes_data();
    void anUntickedBoxIsSeenInBothThemes();
    void motionIsShortOrNone();
    void linesOfMenusHoldTextAndKey();
    void theScrollBarHasNoArrowsAndItsHandleFollows();

private:
    static void looks();
    WindowStyle* m_style = nullptr; // the application owns it
};

void TestWindowStyle::looks()
{
    QTest::addColumn<Look>("look");
    for (const auto& [name, look] : kLooks) QTest::newRow(name) << look;
}

void TestWindowStyle::everyLookShowsWhereTheKeyboardIs()
{
    QFETCH(Look, look);
    const auto button = buttonLike(look);
    const QColor line = look == Look::Accent ? darkTones().onAccent : darkTones().accent;
    const int around = 2 * (button->sizeHint().width() + button->sizeHint().height());
    const int still = pixelsOf(painted(*button, {}), line);
    const int clicked = pixelsOf(painted(*button, QStyle::State_HasFocus), line);
    const int reached = pixelsOf(painted(*button, QStyle::State_HasFocus | QStyle::State_KeyboardFocusChange), line);
    QCOMPARE(clicked, still); // not after a click
    QVERIFY2(reached - still > around, qPrintable(QStringLiteral("%1 of %2").arg(reached - still).arg(around)));
}

// Not by its colour alone: a bar, a line or a ground that differs where the text is not.
void TestWindowStyle::whatIsChosenHasAShapeOfItsOwn()
{
    QFETCH(Look, look);
    const auto button = buttonLike(look);
    const QImage off = painted(*button, QStyle::State_Off), on = painted(*button, QStyle::State_On);
    if (look == Look::Accent) { // is pressed, never chosen
        QVERIFY(off == on);
        return;
    }
    int differ = 0;
    for (int x = 0; x < off.width(); ++x)
        for (const int y : {0, 1, off.height() - 3, off.height() - 2, off.height() - 1})
            differ += off.pixel(x, y) != on.pixel(x, y) ? 1 : 0;
    QVERIFY2(differ > off.width() / 3, qPrintable(QString::number(differ)));
}

void TestWindowStyle::everyTextFitsAtEverySize_data()
{
    QTest::addColumn<Look>("look");
    QTest::addColumn<double>("scale");
    for (const auto& [name, look] : kLooks)
        for (const double scale : {1.0, 1.6, 2.0}) QTest::addRow("%s at %g", name, scale) << look << scale;
}

void TestWindowStyle::everyTextFitsAtEverySize()
{
    QFETCH(Look, look);
    QFETCH(double, scale);
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * scale);
    const auto button = buttonLike(look);
    button->setFont(font);
    const QSize text = QFontMetrics(font).size(0, button->text());
    QVERIFY(button->sizeHint().width() >= text.width() + 2 * kTight);
    QVERIFY(button->sizeHint().height() >= text.height() + kTight);
    QPushButton push(button->text());
    setLook(&push, look);
    push.setFont(font);
    QVERIFY(push.sizeHint().width() >= text.width() + 2 * kGap);
    QComboBox combo;
    combo.setFont(font);
    combo.addItem(button->text());
    QStyleOptionComboBox option;
    option.initFrom(&combo);
    option.rect = QRect(QPoint(), combo.sizeHint());
    QVERIFY(m_style->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &combo).width() >=
            text.width());
    QCheckBox box;
    box.setFont(font);
    QVERIFY(m_style->pixelMetric(QStyle::PM_IndicatorHeight, nullptr, &box) >= QFontMetrics(font).height());
}

void TestWindowStyle::aRowOfSegmentsIsRoundedAtItsEndsOnly()
{
    QWidget row;
    auto* layout = new QHBoxLayout(&row);
    layout->setSpacing(0);
    QList<QToolButton*> segments;
    for (const char* name : {"Heat", "Spotlight", "Links"}) {
        segments << new QToolButton;
        segments.back()->setText(QString::fromLatin1(name));
        segments.back()->setCheckable(true);
        segments.back()->setChecked(true); // so that its ground reaches into the corners
        setLook(segments.back(), Look::Segment);
        layout->addWidget(segments.back());
    }
    row.show();
    const QColor pane = darkTones().pane;
    const auto corner = [&](int which, bool right) {
        const QImage image = segments[which]->grab().toImage();
        return image.pixelColor(right ? image.width() - 1 : 0, 0);
    };
    QCOMPARE(corner(0, false), pane);
    QVERIFY(corner(0, true) != pane);
    QVERIFY(corner(1, false) != pane);
    QVERIFY(corner(1, true) != pane);
    QVERIFY(corner(2, false) != pane);
    QCOMPARE(corner(2, true), pane);
}

void TestWindowStyle::theChevronOfAFieldHasRoomBesideItsText()
{
    const auto chip = buttonLike(Look::Chip), field = buttonLike(Look::Field);
    QVERIFY(field->sizeHint().width() >= chip->sizeHint().width() + chevronRoom(field->fontMetrics()));
    const QImage image = painted(*field, {});
    const QImage end = image.copy(image.width() - kTight - chevronRoom(field->fontMetrics()), 4,
                                  chevronRoom(field->fontMetrics()), image.height() - 8);
    QVERIFY(pixelsOf(end, darkTones().raised) < end.width() * end.height());
}

void TestWindowStyle::titlesOfTabsAreNeverCut()
{
    QTabBar tabs;
    tabs.setElideMode(Qt::ElideRight); // as a QMainWindow makes them
    for (int i = 0; i < 8; ++i) tabs.addTab(QStringLiteral("Predictions and details %1").arg(i));
    tabs.resize(200, 30);
    tabs.show();
    QCOMPARE(tabs.elideMode(), Qt::ElideNone);
    for (int i = 0; i < tabs.count(); ++i)
        QVERIFY(tabs.tabRect(i).width() >= tabs.fontMetrics().horizontalAdvance(tabs.tabText(i)) + kWide);
}

void TestWindowStyle::anUntickedBoxIsSeenInBothThemes_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("dark") << true;
    QTest::newRow("light") << false;
}

void TestWindowStyle::anUntickedBoxIsSeenInBothThemes()
{
    QFETCH(bool, dark);
    const Tones& tones = dark ? darkTones() : lightTones();
    QApplication::setPalette(paletteOf(tones));
    QCheckBox box;
    box.resize(box.sizeHint());
    QVERIFY(pixelsOf(box.grab().toImage(), tones.outline) >= 4 * 8); // its straight sides
}

void TestWindowStyle::motionIsShortOrNone()
{
    QCOMPARE(QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration), kMotionMs);
    m_style->setAnimates(false);
    QCOMPARE(QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration), 0);
}

void TestWindowStyle::linesOfMenusHoldTextAndKey()
{
    QMenu menu;
    QAction* open = menu.addAction(icon(Icon::Folder), QStringLiteral("Open picture"));
    open->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+O")));
    menu.addAction(QStringLiteral("Ticked"))->setCheckable(true);
    menu.ensurePolished();
    const int needed = menu.fontMetrics().horizontalAdvance(open->text()) +
                       menu.fontMetrics().horizontalAdvance(open->shortcut().toString(QKeySequence::NativeText));
    QVERIFY(menu.sizeHint().width() >= needed + 2 * kWide);
    QVERIFY(menu.actionGeometry(open).height() >= menu.fontMetrics().height() + kTight);
}

void TestWindowStyle::theScrollBarHasNoArrowsAndItsHandleFollows()
{
    QScrollBar bar(Qt::Horizontal);
    bar.setRange(0, 100);
    bar.setPageStep(25);
    bar.resize(200, bar.sizeHint().height());
    QStyleOptionSlider option;
    option.initFrom(&bar);
    option.subControls = QStyle::SC_All;
    option.orientation = Qt::Horizontal;
    option.maximum = 100;
    option.pageStep = 25;
    const auto handleAt = [&](int value) {
        option.sliderPosition = option.sliderValue = value;
        return m_style->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, &bar);
    };
    QVERIFY(m_style->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarAddLine, &bar).isEmpty());
    QCOMPARE(handleAt(0).left(), 0);
    QCOMPARE(handleAt(100).right(), 199);
    QCOMPARE(handleAt(50).width(), 40); // a fifth: 25 of 100 and the page itself
}

QTEST_MAIN(TestWindowStyle)
#include "tst_window_style.moc"
