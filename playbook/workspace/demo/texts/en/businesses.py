"""What the made-up clients do, by trade, and what an agency does for each."""

from collections.abc import Mapping

from playbook.workspace.demo.texts.shape import Business, Project

BUSINESSES: Mapping[str, Business] = {
    "dentist": Business("patients", "the weeks before the holidays", (
        Project("online booking", "Patients get an appointment without ringing us", "One booking in three made online by spring", "three booking screens to try on a phone"),
        Project("new-patient leaflet", "People are less afraid of the first visit", "The desk hears fewer of the same five questions", "the first spread, set and illustrated"),
    )),
    "brewery": Business("regulars", "August, with the festival", (
        Project("web shop", "Sell by the crate without packing chaos", "A Saturday with forty orders and nobody staying late", "the page of one beer, ready to show to the pubs"),
        Project("can labels", "Four cans that look like one family", "A pub orders all four at once", "one label printed and stuck on a real can"),
    )),
    "school": Business("parents", "the last weeks of term", (
        Project("parents' pages", "Parents find the term dates by themselves", "Half the calls to the office in September", "the calendar page, with this term in it"),
        Project("open-day material", "Families leave the open day knowing whom to ask", "Names and numbers from sixty families", "the map of the building for the open day"),
    )),
    "gym": Business("members", "January, when everybody starts", (
        Project("class timetable", "Beginners know which class is for them", "Fewer beginners who come only once", "the timetable for one week, live"),
        Project("welcome course", "Nobody stands alone at the first class", "Eight of ten still there after two months", "the first three welcome messages"),
    )),
    "museum": Business("visitors", "the weeks before an opening", (
        Project("audio guide", "Visitors look longer at fewer things", "People stay ten minutes more in the old wing", "two stops of the guide, spoken and cut"),
        Project("ticket pages", "Groups book without three e-mails", "Every school group of the autumn booked online", "the group form, tried by one school"),
    )),
    "logistics": Business("dispatchers", "the end of each quarter", (
        Project("tracking page", "Customers see where the pallet is", "Where-is-it calls down by half", "one live route on a map"),
        Project("driver handbook", "A new driver can leave alone in the second week", "Two new drivers who say so", "the chapter on loading, with pictures"),
    )),
    "winery": Business("guests", "the harvest", (
        Project("tasting calendar", "Tastings fill up without anybody at the phone", "Every Saturday in May sold by April", "the booking page for one tasting"),
        Project("export sheet", "Importers find all they need on one page", "Three importers answer without a question", "the sheet of the young red"),
    )),
    "bikes": Business("customers", "the first warm weeks of spring", (
        Project("workshop booking", "Repairs come spread over the week", "No queue at the door on Saturdays", "the page for a simple service"),
        Project("rental site", "Visitors rent before they arrive", "Twenty rentals booked from abroad", "one route with its map and photos"),
    )),
    "books": Business("readers", "December", (
        Project("reading club pages", "The clubs fill themselves", "Two clubs full by autumn", "the page of the Thursday club"),
        Project("newsletter", "Readers come in asking for what they read about", "Ten people a week who mention it", "the first letter, sent to forty readers"),
    )),
    "bakery": Business("customers", "the feast days", (
        Project("order page", "Cakes are ordered before nine and not across the counter", "Half of the Friday cakes ordered by Wednesday", "the page of one cake, with its days"),
        Project("bread bags", "A bag that people keep", "Somebody asks for the bag without the bread", "one bag printed, with a loaf in it"),
    )),
    "vet": Business("owners", "spring, with all the puppies", (
        Project("reminder messages", "No animal misses a vaccination", "Nine of ten come within a month", "the message for puppies, in two lengths"),
        Project("emergency page", "At night owners know where to go", "No more calls to the private number", "the page as it looks on a phone at night"),
    )),
    "hotel": Business("guests", "July and August", (
        Project("direct booking", "Guests book with us and not through others", "One stay in four booked directly", "the room page with the new photos"),
        Project("house guide", "Guests stop asking for the wifi", "A quiet desk at eight in the morning", "the breakfast page, in three languages"),
    )),
    "architects": Business("owners", "the weeks before a competition", (
        Project("portfolio", "People see how we think, not only what we built", "Two enquiries for the work we want", "one building told in six pictures"),
        Project("proposal layout", "A proposal takes a day and not a week", "Three proposals out in one month", "the first two pages with real text"),
    )),
}  # fmt: skip
